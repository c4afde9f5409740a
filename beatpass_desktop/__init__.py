"""BeatPass Desktop: the Producer Dashboard as a native program."""
