"""BeatPass's HTTP API: wire JSON in, domain values out. Of ours it imports only the domain."""
