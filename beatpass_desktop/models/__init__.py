"""What the pages show: read from the store, renewed when the event feed says so."""
