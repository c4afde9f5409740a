"""Files made from the store: the room stands, its first format comes with `export`."""
