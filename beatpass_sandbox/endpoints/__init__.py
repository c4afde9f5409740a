"""Endpoints, one module for each group of the published API."""

from __future__ import annotations
