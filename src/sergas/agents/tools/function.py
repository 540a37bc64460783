"""Tools from typed Python functions: schema from the signature, words from the docstring."""

import functools
import inspect
from collections.abc import Callable, Mapping
from typing import Annotated, Any, get_args, get_origin

from docstring_parser import Docstring, parse
from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model
from pydantic.errors import PydanticSchemaGenerationError, PydanticUndefinedAnnotation
from pydantic.fields import FieldInfo
from pydantic_core import to_jsonable_python

from sergas.agents.tools.thread import in_thread
from sergas.agents.tools.tool import Answer, Approval, Tool, ToolContext, ToolOutput
from sergas.core.errors import ToolFailed
from sergas.core.json import Json, JsonObject, as_object

_ONE_BY_ONE = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)


def tool(
    function: Callable[..., object],
    *,
    name: str | None = None,
    description: str | None = None,
    approval: Approval = "never",
    timeout_s: float = 60.0,
    max_result_chars: int = 50_000,
) -> Tool:
    '''Make a tool of a typed function.

    >>> async def find_account(ref: str, limit: int = 5) -> list[str]:
    ...     """Find accounts by name.
    ...
    ...     Args:
    ...         ref: the name, or part of it.
    ...     """
    ...     return ["Acme", "Acme Belgium"][:limit]
    >>> find = tool(find_account, timeout_s=10)
    >>> find.name, find.description
    ('find_account', 'Find accounts by name.')
    >>> find.parameters["properties"]["ref"]
    {'description': 'the name, or part of it.', 'type': 'string'}
    >>> find.parameters["required"]
    ['ref']

    The model's arguments are checked against the schema and converted to the parameters' types:
    dates, enums, dataclasses and Pydantic models arrive as such. A parameter of the type
    `ToolContext` is filled in and not shown. What a parameter is for is said in the docstring
    (`Args:`), or beside its type: `Annotated[str, "the name"]`, `Annotated[int, Field(ge=1)]`.

    A function that is not async runs in a thread; after a time-out or a cancel nobody waits for it.
    What the function returns is written as JSON; return a `ToolOutput` to show something besides.
    Raise `ToolFailed` to tell the model what went wrong.

    Args:
        function: an async function or a plain one; a bound method will do.
        name: what the model calls it; the function's own name without it.
        description: what it does and when to use it; the docstring's without it.
        approval: as `Tool` has it, like the next two.
        timeout_s: in seconds.
        max_result_chars: in characters.

    Raises:
        TypeError: a parameter cannot be given by name, or has no type that JSON can be turned into.
        ValueError: it has no description, or no name that a model takes.
    '''
    # A partial has no words of its own.
    written: object = getattr(function, "func", function)
    named = name or getattr(written, "__name__", "")
    words = parse(inspect.getdoc(written) or "")
    told = description or _prose(words)
    if not told:
        raise ValueError(f"Tool {named!r} has no description; give its function a docstring.")
    signature = _Signature(function, named, words)
    return Tool(
        name=named,
        description=told,
        parameters=signature.schema(),
        call=functools.partial(_call, function, signature),
        approval=approval,
        timeout_s=timeout_s,
        max_result_chars=max_result_chars,
    )


class _Signature:
    """The parameters of a function: their schema, and their values from a model's arguments."""

    def __init__(self, function: Callable[..., object], name: str, words: Docstring) -> None:
        self.name = name
        parameters = _parameters(function, name)
        self._contexts = [key for key, one in parameters.items() if one.annotation is ToolContext]
        self._shown = [key for key in parameters if key not in self._contexts]
        said = {param.arg_name: _one_line(param.description) for param in words.params}
        fields: dict[str, Any] = {
            # Numbered, because a parameter may be named like something of a Pydantic model.
            f"p{number}": _field(parameters[key], said.get(key))
            for number, key in enumerate(self._shown)
        }
        self._model = _model(name, fields)

    def schema(self) -> JsonObject:
        """Return the JSON Schema of the arguments."""
        schema = self._model.model_json_schema()
        # Pydantic makes titles of the names, which say nothing new to a model.
        del schema["title"]
        for shown in as_object(schema["properties"]).values():
            as_object(shown).pop("title", None)
        return schema

    def values(self, arguments: JsonObject, context: ToolContext) -> Mapping[str, object]:
        """Return the values of the parameters.

        Raises:
            ToolFailed: an argument cannot be converted.
        """
        try:
            model = self._model.model_validate(arguments)
        except ValidationError as error:
            raise ToolFailed(_problems(error)) from error
        shown = {key: getattr(model, f"p{number}") for number, key in enumerate(self._shown)}
        return {**shown, **dict.fromkeys(self._contexts, context)}


async def _call(
    function: Callable[..., object],
    signature: _Signature,
    arguments: JsonObject,
    context: ToolContext,
) -> Answer:
    bound = functools.partial(function, **signature.values(arguments, context))
    is_async = inspect.iscoroutinefunction(function)
    answer = bound() if is_async else await in_thread(bound, f"tool-{signature.name}")
    if inspect.isawaitable(answer):
        answer = await answer
    return answer if isinstance(answer, ToolOutput) else _json(answer)


def _json(answer: object) -> Json:
    try:
        return to_jsonable_python(answer)
    except ValueError as error:
        raise ToolFailed("The tool answered something that is not JSON.") from error


def _parameters(function: Callable[..., object], name: str) -> Mapping[str, inspect.Parameter]:
    try:
        parameters = inspect.signature(function, eval_str=True).parameters
    except NameError as error:
        what = f"Tool {name!r} names a type that its module does not know: {error}."
        raise TypeError(what) from error
    for parameter in parameters.values():
        if parameter.kind not in _ONE_BY_ONE:
            raise TypeError(f"Tool {name!r} takes {parameter}; name each of its parameters.")
        if parameter.annotation is inspect.Parameter.empty:
            raise TypeError(f"Tool {name!r} has a parameter {parameter.name!r} without a type.")
        if isinstance(parameter.default, FieldInfo):
            raise TypeError(f"Tool {name!r}: write {parameter.name}: Annotated[..., Field(...)].")
    return parameters


def _field(parameter: inspect.Parameter, said: str | None) -> tuple[object, object]:
    # What stands beside the type is nearer to it than the docstring.
    words = _words_beside(parameter.annotation) or said or None
    is_required = parameter.default is inspect.Parameter.empty
    default: Any = ... if is_required else parameter.default
    return parameter.annotation, Field(default, alias=parameter.name, description=words)


def _words_beside(annotation: object) -> str | None:
    if get_origin(annotation) is not Annotated:
        return None
    _, *beside = get_args(annotation)
    found = [one if isinstance(one, str) else getattr(one, "description", None) for one in beside]
    return next((one for one in found if isinstance(one, str)), None)


def _model(name: str, fields: dict[str, Any]) -> type[BaseModel]:
    try:
        return create_model(name, __config__=ConfigDict(extra="forbid"), **fields)
    except (PydanticSchemaGenerationError, PydanticUndefinedAnnotation) as error:
        what = f"Tool {name!r} has a parameter whose type no JSON can be turned into: {error}"
        raise TypeError(what) from error


def _problems(error: ValidationError) -> str:
    told = [
        f"{'.'.join(str(part) for part in problem['loc'])}: {problem['msg']}"
        for problem in error.errors(include_url=False, include_input=False, include_context=False)
    ]
    return f"The arguments do not fit: {'; '.join(told[:5])}. Send them anew."


def _prose(words: Docstring) -> str:
    parts = [words.short_description, words.long_description]
    return "\n\n".join(part.strip() for part in parts if part)


def _one_line(text: str | None) -> str:
    return " ".join((text or "").split())
