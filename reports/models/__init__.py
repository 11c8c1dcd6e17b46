"""What the highest row of the product stores. Import models from here."""

from reports.models.adjusting import AdjustmentCase
from reports.models.archive import ArchivePackage
from reports.models.assessment import Appeal, Assessed, Assessment, GivenScore, ScoreAdjustment, ScoreLine
from reports.models.change_notes import ChangeNotes
from reports.models.commendation import CommendationLine
from reports.models.contest import Contest, ContestEntry, ContestLine, ContestSupport
from reports.models.figure import ReportedFigure
from reports.models.good_case import GoodCase, GoodCaseStep
from reports.models.inspection import CheckLine, InspectedVillage, Inspection, InspectionIssue
from reports.models.local_form import LocalForm
from reports.models.meeting import OnsiteMeeting
from reports.models.notice import Notice, NoticeReceipt, NoticeTask
from reports.models.pay import LeavingAllowance, SecretaryPay
from reports.models.periodic import PeriodicReport, ReportStep, ReportWords
from reports.models.saved_view import SavedView
from reports.models.survey import (
    Survey,
    SurveyAnswer,
    SurveyBatch,
    SurveyCode,
    SurveyPlace,
    SurveyRespondent,
    SurveySubject,
)

__all__ = [
    "AdjustmentCase",
    "Appeal",
    "ArchivePackage",
    "Assessed",
    "Assessment",
    "ChangeNotes",
    "CheckLine",
    "CommendationLine",
    "Contest",
    "ContestEntry",
    "ContestLine",
    "ContestSupport",
    "GivenScore",
    "GoodCase",
    "GoodCaseStep",
    "InspectedVillage",
    "Inspection",
    "InspectionIssue",
    "LeavingAllowance",
    "LocalForm",
    "Notice",
    "NoticeReceipt",
    "NoticeTask",
    "OnsiteMeeting",
    "PeriodicReport",
    "ReportStep",
    "ReportWords",
    "ReportedFigure",
    "SavedView",
    "ScoreAdjustment",
    "ScoreLine",
    "SecretaryPay",
    "Survey",
    "SurveyAnswer",
    "SurveyBatch",
    "SurveyCode",
    "SurveyPlace",
    "SurveyRespondent",
    "SurveySubject",
]
