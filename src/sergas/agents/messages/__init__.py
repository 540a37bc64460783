"""The `messages` runtime: agents that call a model's API directly, turn by turn.

Importing it loads the model SDKs, so only who has a model does.
"""

from sergas.agents.messages.agent import messages_runtime
from sergas.agents.messages.client import CallLimits, ModelClient

__all__ = ["CallLimits", "ModelClient", "messages_runtime"]
