"""The workshop: everything that makes an agent think, whatever it thinks with."""
