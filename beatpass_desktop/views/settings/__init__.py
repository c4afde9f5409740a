"""The settings dialogue."""
