"""Where things live inside the checkout, and the environment in which every tool runs."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ROOT / ".tools"
VENV = ROOT / ".venv"
UV = TOOLS / "uv" / "bin" / "uv"


def environment() -> dict[str, str]:
    """Return the caller's environment with every cache inside the checkout and telemetry off."""
    path = [str(VENV / "bin"), str(UV.parent), os.environ.get("PATH", os.defpath)]
    variables = {
        **os.environ,
        "PATH": os.pathsep.join(path),
        "VIRTUAL_ENV": str(VENV),
        **_caches(),
        **_manners(),
    }
    return variables if _home_is_writable() else variables | _own_home()


def _caches() -> dict[str, str]:
    cache = TOOLS / "cache"
    return {
        "XDG_CACHE_HOME": str(cache),
        "PIP_CACHE_DIR": str(cache / "pip"),
        "UV_CACHE_DIR": str(cache / "uv"),
        "npm_config_cache": str(cache / "npm"),
        "PYRIGHT_PYTHON_CACHE_DIR": str(cache / "pyright"),
    }


def _manners() -> dict[str, str]:
    return {
        "DEBIAN_FRONTEND": "noninteractive",
        "UV_PYTHON_DOWNLOADS": "never",
        # Companies and CI machines often add certificates of their own to the system.
        "UV_SYSTEM_CERTS": "true",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1",
        "npm_config_audit": "false",
        "npm_config_fund": "false",
        "npm_config_update_notifier": "false",
        "SCARF_ANALYTICS": "false",
        "COPILOTKIT_TELEMETRY_DISABLED": "true",
        "DO_NOT_TRACK": "1",
    }


def _home_is_writable() -> bool:
    return os.access(os.environ.get("HOME", ""), os.W_OK)


def _own_home() -> dict[str, str]:
    home = TOOLS / "home"
    home.mkdir(parents=True, exist_ok=True)
    return {
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / ".config"),
        "XDG_DATA_HOME": str(home / ".local" / "share"),
        "XDG_STATE_HOME": str(home / ".local" / "state"),
    }
