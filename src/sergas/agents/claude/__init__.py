"""The `claude` runtime: agents in processes of Claude Code, by the Claude Agent SDK.

Importing it needs the extra `sergas[claude]`.
"""

from sergas.agents.claude.agent import claude_agents
from sergas.agents.claude.hall import HallLimits
from sergas.agents.claude.runtime import ClaudeRuntime, fitting_processes

__all__ = ["ClaudeRuntime", "HallLimits", "claude_agents", "fitting_processes"]
