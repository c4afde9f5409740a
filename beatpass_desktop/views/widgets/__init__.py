"""The building blocks of the pages. Import them from their modules; this package loads none."""
