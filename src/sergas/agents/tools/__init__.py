"""What agents can do besides talking: tools, from Python functions and from MCP servers."""
