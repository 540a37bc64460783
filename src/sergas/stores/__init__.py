"""The archive: adapters of the ports in `core.ports`."""
