"""Addresses of the market, the decisions, pairings and agreements."""

from django.urls import path

from pairing.views import (
    agreements,
    balance,
    consortium,
    decisions,
    intentions,
    market,
    negotiation,
    overrides,
    pairings,
    tags,
)

urlpatterns = [
    path("rounds/<int:pk>/villages/", market.villages, name="market_villages"),
    path("rounds/<int:pk>/villages/<int:party>/", market.village, name="market_village"),
    path("rounds/<int:pk>/units/", market.units, name="market_units"),
    path("rounds/<int:pk>/units/<int:party>/", market.unit, name="market_unit"),
    path("intentions/", intentions.intention_list, name="intentions"),
    path("intentions/<int:pk>/", intentions.intention_page, name="intention"),
    path("rounds/<int:pk>/clashes/", decisions.clashes, name="clashes"),
    path("rounds/<int:pk>/gaps/", decisions.gaps, name="gaps"),
    path("rounds/<int:pk>/decide/<int:party>/", decisions.decide, name="decide"),
    path("rounds/<int:pk>/merge/<int:party>/", overrides.merge, name="merge_pairings"),
    path("rounds/<int:pk>/balance/", balance.balance, name="balance"),
    path("rounds/<int:pk>/helpers/", balance.unlinked, name="unlinked_helpers"),
    path("pairings/", pairings.pairing_list, name="pairings"),
    path("pairings/<int:pk>/", pairings.pairing_page, name="pairing"),
    path("pairings/<int:pk>/note/", pairings.add_note, name="add_note"),
    path("pairings/<int:pk>/release/", pairings.release, name="release_pairing"),
    path("pairings/<int:pk>/reassign/", overrides.reassign, name="reassign_pairing"),
    path("pairings/<int:pk>/add/", overrides.add_partner, name="add_partner"),
    path("pairings/<int:pk>/arrange/", overrides.arrange, name="arrange_helpers"),
    path("pairings/<int:pk>/units/", consortium.consortium, name="consortium"),
    path("pairings/<int:pk>/tags/", tags.pairing_tags, name="pairing_tags"),
    path("agreements/", agreements.agreement_list, name="agreements"),
    path("agreements/<int:pk>/", agreements.agreement_page, name="agreement"),
    path("agreements/<int:pk>/word/", agreements.word, name="agreement_word"),
    path("agreements/<int:pk>/scan/", agreements.attach_scan, name="attach_scan"),
    path("agreements/scans/<int:pk>/", agreements.scan, name="agreement_scan"),
    path("agreements/<int:pk>/edit/", negotiation.edit, name="edit_agreement"),
    path("agreements/<int:pk>/confirm/", negotiation.confirm, name="confirm_agreement"),
    path("agreements/<int:pk>/return/", negotiation.send_back, name="return_agreement"),
    path("agreements/<int:pk>/sign/", negotiation.sign, name="sign_agreement"),
]
