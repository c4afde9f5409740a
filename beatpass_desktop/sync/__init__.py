"""Keeps the store up to date: what exists, how long it is fresh, and the engine that fetches it."""
