"""Why a server does not start, or cannot work at the moment."""

from sergas.core.errors.root import SergasError


class BadSetting(SergasError):
    """What a setting names cannot be worked with; the server does not start."""

    code = "bad_setting"


class BadOffer(SergasError):
    """What a server is to offer cannot be offered."""

    code = "bad_offer"

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name!r} cannot be served: {reason}.")


class StoreRefused(SergasError):
    """The database does not let us in; waiting would not help."""

    code = "store_refused"

    def __init__(self, reason: str, advice: str) -> None:
        super().__init__(f"The database cannot be opened: {reason}; {advice}.")


class StoreUnavailable(SergasError):
    """The database does not work at the moment; what it has stored is safe."""

    code = "store_unavailable"
    retry_after_s = 5

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"The database does not work at the moment: {reason}. "
            "Nothing that was shown is lost; try again in a while."
        )
        self.reason = reason
