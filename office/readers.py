"""Who can read background work, imports, files, Word templates and what goes to the outside."""

from django.utils.translation import gettext as _

from office.models import GroupChannel, Job, Outgoing, RosterImport, StoredFile, WordTemplate
from organisations.audience import Readers, person, reaching, readers_of


@readers_of(Job)
def of_job(job: Job) -> Readers:
    words = _("Whose posts watch over background work there")
    circles = person(_("Whoever started it"), job.started_by)
    if job.organisation:
        circles.append(reaching(words, job.organisation, permission="job.manage"))
    return Readers(circles)


@readers_of(RosterImport)
def of_import(roster: RosterImport) -> Readers:
    circles = person(_("Whoever handed it in, while holding a post that imports rosters"), roster.started_by)
    if roster.place:
        words = _("Whose posts import rosters for %(name)s") % {"name": roster.place.name}
        circles.append(reaching(words, roster.place, permission="roster.import"))
    return Readers(circles, parts=[(_("The workbook as handed in, and the marked copy"), circles)])


@readers_of(StoredFile)
def of_file(file: StoredFile) -> Readers:
    """Further readers come by the record that links it, which tells its own."""
    return Readers(person(_("Whoever handed it in"), file.uploaded_by))


@readers_of(WordTemplate)
def of_template(template: WordTemplate) -> Readers:
    words = _("Whose posts replace Word templates for %(name)s") % {"name": template.place.name}
    return Readers([reaching(words, template.place, permission="template.replace")])


@readers_of(Outgoing)
def of_outgoing(outgoing: Outgoing) -> Readers:
    words = _("Whose posts watch over background work and what is sent to the outside there")
    return Readers([reaching(words, outgoing.organisation, permission="job.manage")])


@readers_of(GroupChannel)
def of_group_channel(channel: GroupChannel) -> Readers:
    words = _("Whose posts keep the group robots of %(name)s") % {"name": channel.organisation.name}
    return Readers([reaching(words, channel.organisation, permission="channel.manage")])
