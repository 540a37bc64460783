"""The price table: the packaged one, and the one that the settings name, which comes first."""

from importlib import resources
from pathlib import Path

from sergas.core.errors import BadSetting
from sergas.core.prices import Prices, parse_prices

_PACKAGED = "prices.toml"


def read_prices(file: Path | None) -> Prices:
    """Read the packaged table, and over it the file, if there is one.

    Raises:
        BadSetting: the file cannot be read, or is no price table.
    """
    packaged = (resources.files("sergas.app") / _PACKAGED).read_text(encoding="utf-8")
    prices = parse_prices(packaged, _PACKAGED)
    if file is None:
        return prices
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadSetting(f"SERGAS_PRICES_FILE {file} cannot be read: {error}.") from error
    return parse_prices(text, f"SERGAS_PRICES_FILE {file}").over(prices)
