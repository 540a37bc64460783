"""Every error the house raises on purpose.

SergasError
├── NotFound                something named by an id does not exist (for this tenant)
│   ├── RunNotFound
│   ├── ThreadNotFound
│   ├── AgentNotFound
│   └── WorkflowNotFound
├── Conflict                the request is fine, the present state is not
│   ├── ThreadBusy          another run of the thread is active
│   ├── RunNotRetryable     the run is active or completed
│   ├── RunIdTaken          the same id or key with other content
│   └── DuplicateRequest    the same request again, where duplicates are refused
├── InvalidRequest          the caller sent something that cannot be worked with
│   ├── InvalidCursor       a cursor that belongs to nothing
│   ├── NothingWaits        answers that do not fit the open interrupts
│   ├── AnswerRefused       an answer that its interrupt does not allow
│   └── InterruptExpired    an answer that came too late
├── Busy                    no room: come back later
├── Fenced                  another executor has taken the run over; stop writing
├── RunTimedOut             a leg of a run took too long
├── PlanFailed              a workflow could not say which agents it runs
├── BadOffer                what `sergas serve module:attribute` names cannot be offered
├── BudgetExceeded          a run used more than it may
├── StoreRefused            the database does not let us in; waiting would not help
├── StoreUnavailable        the database does not work at the moment
├── SourceUnavailable       a source of records does not answer (in `core.accounts`)
├── BadSetting              what a setting names cannot be worked with
├── ToolFailed              a tool could not do what it was asked; the model reads the message
└── AgentFailed             an agent's attempt ended without a result
    └── ProviderUnavailable its model provider does not answer; it was not called
"""

from sergas.core.errors.requests import (
    AgentNotFound,
    AnswerRefused,
    Busy,
    Conflict,
    DuplicateRequest,
    InterruptExpired,
    InvalidCursor,
    InvalidRequest,
    NotFound,
    NothingWaits,
    RunIdTaken,
    RunNotFound,
    RunNotRetryable,
    ThreadBusy,
    ThreadNotFound,
    WorkflowNotFound,
)
from sergas.core.errors.root import SergasError
from sergas.core.errors.runs import (
    AgentFailed,
    BudgetExceeded,
    Fenced,
    PlanFailed,
    ProviderUnavailable,
    RunTimedOut,
    ToolFailed,
)
from sergas.core.errors.server import (
    BadOffer,
    BadSetting,
    StoreRefused,
    StoreUnavailable,
)

__all__ = [
    "AgentFailed",
    "AgentNotFound",
    "AnswerRefused",
    "BadOffer",
    "BadSetting",
    "BudgetExceeded",
    "Busy",
    "Conflict",
    "DuplicateRequest",
    "Fenced",
    "InterruptExpired",
    "InvalidCursor",
    "InvalidRequest",
    "NotFound",
    "NothingWaits",
    "PlanFailed",
    "ProviderUnavailable",
    "RunIdTaken",
    "RunNotFound",
    "RunNotRetryable",
    "RunTimedOut",
    "SergasError",
    "StoreRefused",
    "StoreUnavailable",
    "ThreadBusy",
    "ThreadNotFound",
    "ToolFailed",
    "WorkflowNotFound",
]
