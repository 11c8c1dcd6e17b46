"""Fills a Word template, in a child process. A template is a stranger's program: it may loop and choose."""

import base64
import io
import re
from collections.abc import Callable, Iterator

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError
from jinja2.exceptions import SecurityError
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

from office.child import N_, Unfit

FILTERS = {"capitalize", "count", "default", "first", "join", "last", "length", "lower", "replace", "trim", "upper"}
TESTS = {"defined", "undefined", "none", "true", "false", "even", "odd", "eq", "ne", "lt", "le", "gt", "ge", "in"}
NAMED_PICTURE = re.compile(r'<pic:cNvPr [^>]*\bdescr="([^"]*)"')
LOOP = {"index", "index0", "revindex", "first", "last", "length"}
FORBIDDEN = N_("This template tries something that templates may not do: %(what)s. Remove it, then try again.")
NO_SUCH_FIELD = N_("This template names a field that does not exist: %(field)s. The list shows those that do.")
MISTAKE = N_("This template has a mistake in its fields: %(what)s. Mend it, then try again.")


class NamedUndefined(StrictUndefined):
    """Says which field does not exist, in words of ours."""

    def _fail_with_undefined_error(self, *args, **kwargs):
        if self._undefined_exception is SecurityError:
            raise Unfit(FORBIDDEN, what=str(self._undefined_name))
        raise Unfit(NO_SUCH_FIELD, field=str(self._undefined_name))

    __iter__ = __str__ = __len__ = __bool__ = __contains__ = _fail_with_undefined_error
    __eq__ = __ne__ = __hash__ = __call__ = __getitem__ = _fail_with_undefined_error  # type: ignore[assignment]

    def __getattr__(self, name: str):
        if name.startswith("__"):
            raise AttributeError(name)
        return self._fail_with_undefined_error()


class Environment(ImmutableSandboxedEnvironment):
    """Nothing but fields, loops, conditions, a few filters, and arithmetic with numbers."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def __init__(self) -> None:
        super().__init__(undefined=NamedUndefined, autoescape=True)
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in FILTERS}
        self.tests = {name: self.tests[name] for name in TESTS}

    def call_binop(self, context, operator, left, right):
        if operator == "*" and all(isinstance(side, (int, float)) for side in (left, right)):
            return left * right
        raise Unfit(FORBIDDEN, what=operator)

    def call(self, context, called, *args, **kwargs):
        """Calls of methods, even harmless ones, are no business of a template."""
        name = called._undefined_name if isinstance(called, NamedUndefined) else ""
        raise Unfit(FORBIDDEN, what=f"{name}()")

    def getattr(self, obj, attribute):
        """A field may be called like a method of its container."""
        return obj[attribute] if isinstance(obj, dict) and attribute in obj else super().getattr(obj, attribute)

    def is_safe_attribute(self, obj, attr, value) -> bool:
        return isinstance(obj, LoopContext) and attr in LOOP

    def is_safe_callable(self, obj) -> bool:
        return False


def render(payload: dict) -> bytes:
    """The document. `payload`: template (base64), context, pictures (base64) by their names in the template.

    Raises Unfit with what is wrong with the template.
    """
    return one_of(base64.b64decode(payload["template"]), payload)


def render_each(payload: dict) -> Iterator[bytes]:
    """The documents of `each`, one after the other from the same template."""
    template = base64.b64decode(payload["template"])
    for paper in payload["each"]:
        yield one_of(template, paper)


def one_of(raw: bytes, paper: dict) -> bytes:
    template = DocxTemplate(io.BytesIO(raw))
    pictures = {name: base64.b64decode(one) for name, one in paper.get("pictures", {}).items()}
    return guarded(lambda: rendered(template, paper["context"], pictures))


def rendered(template: DocxTemplate, context: dict, pictures: dict[str, bytes]) -> bytes:
    template.render(context, Environment(), autoescape=True)
    named = set(NAMED_PICTURE.findall(template.get_xml()))
    for name in named & pictures.keys():
        template.replace_pic(name, io.BytesIO(pictures[name]))
    file = io.BytesIO()
    template.save(file)
    return file.getvalue()


def guarded(work: Callable[[], bytes]) -> bytes:
    try:
        return work()
    except SecurityError as error:
        raise Unfit(FORBIDDEN, what=str(error)) from error
    except TemplateError as error:
        raise Unfit(MISTAKE, what=str(error)) from error
    except RecursionError as error:
        raise Unfit(MISTAKE, what="( ( (") from error
    except (TypeError, ValueError, ArithmeticError) as error:
        raise Unfit(MISTAKE, what=str(error)) from error
