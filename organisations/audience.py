"""Who can read a record, in words: which posts at which organisations and how many people hold them.

Each app says it for its models, beside the `visible_to` that decides (`<app>/readers.py`, found on start):

    @readers_of(Pairing)
    def of_pairing(pairing):
        return Readers([reaching(_("…"), pairing.unit), …], public=[_("…")])

The words are derived from the same paths and permissions as the queryset; tests/test_readers.py compares the two.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import CharField, Count, F, Model, Q, Value

from organisations.kinds import DESKS
from organisations.models import Appointment, Organisation, User
from organisations.querysets import within
from organisations.roles import ROLES

STEP = Organisation.steplen


@dataclass(frozen=True)
class Circle:
    """Some of those who may read. `words` say why; `posts` is a condition on appointments, None: a person alone."""

    words: object
    posts: Q | None = None
    person: User | None = None
    by_role: bool = False  # so many that only the roles are told


@dataclass
class Readers:
    """All who may read a record; what of it is public; and what of it only some of them read, as (title, circles)."""

    circles: list[Circle] = field(default_factory=list)
    public: list[object] = field(default_factory=list)
    parts: list[tuple[object, list[Circle]]] = field(default_factory=list)


@dataclass(frozen=True)
class Line:
    organisation: str
    role: str
    count: int


@dataclass(frozen=True)
class Told:
    """One circle in words."""

    words: object
    lines: list[Line]
    person: User | None


SOURCES: dict[type[Model], list[Callable[..., Readers]]] = defaultdict(list)
THROUGH: dict[type[Model], str] = {}


def readers_of(model: type[Model], through: str = "visible_to"):
    """Decorator: the function tells the readers of a record of this model. Several may add up.

    `through` names the queryset method that decides who reads it.
    """

    def register(tell: Callable[..., Readers]) -> Callable[..., Readers]:
        SOURCES[model].append(tell)
        THROUGH.setdefault(model, through)
        return tell

    return register


def readers(record: Model) -> Readers:
    whole = Readers()
    for tell in reversed(SOURCES[type(record)]):  # the lowest app was found last, and speaks first
        found = tell(record)
        whole.circles += found.circles
        whole.public += found.public
        whole.parts += found.parts
    return whole


def reaching(words: object, *organisations: Organisation | None, permission: str = "") -> Circle:
    """Whose posts cover one of the organisations - posts that grant `permission`, where one is named."""
    paths = [organisation.path for organisation in organisations if organisation is not None]
    wide = [key for key, role in ROLES.items() if permission in role.permissions - role.own]
    own = [key for key, role in ROLES.items() if permission in role.own]
    above = covering({path[:end] for path in paths for end in range(STEP, len(path) + 1, STEP)})
    if not permission:
        return Circle(words, above)
    posts = above & Q(role__in=wide)
    return Circle(words, posts | covering(set(paths)) & Q(role__in=own) if own else posts)


def covering(scopes: set[str]) -> Q:
    """Posts whose scope is exactly one of these paths: at the organisation itself, or at a desk directly below it."""
    found = Q(path__in=scopes) & (~Q(kind__in=DESKS) | Q(depth=1))
    for path in scopes:
        found |= Q(path__startswith=path, depth=len(path) // STEP + 1, kind__in=DESKS)
    return Q(organisation__in=Organisation.objects.order_by().filter(found).values("pk"))


def below(words: object, organisation: Organisation) -> Circle:
    """Everybody whose scope lies in the subtree of the organisation."""
    inside = within([organisation.path], "organisation__path")
    desk = Q(organisation=organisation.pk, organisation__kind__in=DESKS, organisation__depth__gt=1)
    return Circle(words, inside & ~desk, by_role=True)


def person(words: object, user: User | None) -> list[Circle]:
    """One person, whatever posts they hold; nobody where nobody is known."""
    return [Circle(words, person=user)] if user is not None else []


def posts_of(circle: Circle):
    return Appointment.objects.current().order_by().filter(circle.posts, user__is_active=True)


def told(circles: Sequence[Circle]) -> list[Told]:
    """All circles in words: one statement."""
    counts = [counted(circle, number) for number, circle in enumerate(circles) if circle.posts is not None]
    lines: dict[int, list[Line]] = defaultdict(list)
    if counts:
        first, *more = counts
        rows = first.union(*more, all=True) if more else first
        for number, _path, name, role, people in sorted(rows):
            lines[number].append(Line(name, role_name(role), people))
    return [Told(circle.words, lines[number], circle.person) for number, circle in enumerate(circles)]


def counted(circle: Circle, number: int):
    """How many people of the circle hold each role at each organisation; by role alone where they are many."""
    nothing = Value("", output_field=CharField())
    places = (nothing, nothing) if circle.by_role else (F("organisation__path"), F("organisation__name"))
    rows = posts_of(circle).annotate(circle=Value(number), path=places[0], place=places[1])
    return rows.values_list("circle", "path", "place", "role").annotate(people=Count("user", distinct=True))


def role_name(key: str) -> str:
    return ROLES[key].name if key in ROLES else key


def people_in(circles: Iterable[Circle]):
    """The people of all the circles, each once."""
    condition = Q(pk__in=[circle.person.pk for circle in circles if circle.person])
    for circle in circles:
        if circle.posts is not None:
            condition |= Q(pk__in=posts_of(circle).values("user"))
    return User.objects.filter(condition, is_active=True)
