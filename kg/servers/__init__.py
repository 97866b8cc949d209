"""The graph at SPARQL servers: sent there, and asked there."""
