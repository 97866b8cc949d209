"""From documents to their graphs, only as far as something has changed, by one process or many."""
