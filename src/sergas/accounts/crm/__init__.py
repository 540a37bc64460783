"""The CRM as the account copilot sees it: typed records, one port, adapters."""
