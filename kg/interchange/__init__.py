"""Other tools' annotations: read from their files, written to them, and turned into our own."""

from __future__ import annotations
