"""The app's surroundings: folders, settings, logging."""
