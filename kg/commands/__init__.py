"""What the commands do and say; `kg.cli` names them."""
