"""Addresses of the home page, the board, schemes, rounds and their directory; those of the market follow."""

from django.urls import path

from pairing.urls import course as course_urls
from pairing.urls import issues as issue_urls
from pairing.urls import market as market_urls
from pairing.urls import matching as match_urls
from pairing.urls import plans as plan_urls
from pairing.views import board, coverage, directory, home, rounds, schemes, task_proposals

urlpatterns = [
    path("", home.home, name="home"),
    path("board/", board.board_index, name="board_index"),
    path("board/<int:pk>/", board.board, name="board"),
    path("board/<int:pk>/wall/", board.wall, name="board_wall"),
    path("schemes/", schemes.scheme_list, name="schemes"),
    path("schemes/take/", schemes.take_scheme, name="take_scheme"),
    path("schemes/<slug:key>/", schemes.scheme_page, name="scheme"),
    path("schemes/<slug:key>/<int:number>/", schemes.scheme_page, name="scheme_version"),
    path("schemes/<slug:key>/<int:number>/change/", schemes.change, name="change_scheme"),
    path("schemes/<slug:key>/<int:number>/against/<int:before>/", schemes.compare, name="compare_schemes"),
    path("rounds/", rounds.round_list, name="rounds"),
    path("rounds/new/", rounds.new_round, name="new_round"),
    path("rounds/<int:pk>/", rounds.round_page, name="round"),
    path("rounds/<int:pk>/scheme/changes/", rounds.round_scheme_changes, name="round_scheme_changes"),
    path("rounds/<int:pk>/edit/", rounds.edit_round, name="edit_round"),
    path("rounds/<int:pk>/publish/", rounds.publish_directory, name="publish_directory"),
    path("rounds/<int:pk>/open/", rounds.open_round, name="open_round"),
    path("rounds/<int:pk>/close/", rounds.close_round, name="close_round"),
    path("rounds/<int:pk>/behind/", rounds.behind, name="behind"),
    path("rounds/<int:pk>/remind/", rounds.remind, name="remind"),
    path("rounds/<int:pk>/directory/", directory.directory, name="directory"),
    path("rounds/<int:pk>/coverage/", coverage.coverage, name="coverage"),
    path("rounds/<int:pk>/coverage/lines/", coverage.coverage_lines, name="coverage_lines"),
    path("rounds/<int:pk>/coverage/pairings/", coverage.coverage_pairings, name="coverage_pairings"),
    path("rounds/<int:pk>/tasks/", task_proposals.task_proposal_list, name="task_proposals"),
    path("rounds/<int:pk>/tasks/prepare/", task_proposals.prepare, name="prepare_task_proposals"),
    path("rounds/<int:pk>/tasks/issue/", task_proposals.issue_all, name="issue_task_proposals"),
    path("task-proposals/<int:pk>/", task_proposals.task_proposal_page, name="task_proposal"),
    path("task-proposals/<int:pk>/edit/", task_proposals.edit, name="edit_task_proposal"),
    path("task-proposals/<int:pk>/issue/", task_proposals.issue, name="issue_task_proposal"),
    path("task-proposals/<int:pk>/word/", task_proposals.word, name="task_proposal_word"),
    *market_urls.urlpatterns,
    *issue_urls.urlpatterns,
    *plan_urls.urlpatterns,
    *match_urls.urlpatterns,
    *course_urls.urlpatterns,
]
