"""Tools of MCP servers, over stdio and streamable HTTP; needs the extra `sergas[mcp]`."""
