"""Files made from the store."""
