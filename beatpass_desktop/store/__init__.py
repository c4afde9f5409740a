"""The SQLite file that the screen shows: schema, writes of whole replies, queries for models."""
