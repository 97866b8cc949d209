"""Finding again what coders marked when a text was corrected, wrapped, re-encoded or cut."""
