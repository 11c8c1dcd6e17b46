"""Addresses of the ledgers of aid money."""

from django.urls import path

from funds.views import entering, ledger, verification

urlpatterns = [
    path("funds/", ledger.fund_list, name="funds"),
    path("funds/new/", entering.new_fund, name="new_fund"),
    path("funds/verification/", verification.ledger_verification, name="ledger_verification"),
    path("funds/heads/<str:day>/", verification.ledger_heads, name="ledger_heads"),
    path("funds/differences/", ledger.difference_list, name="fund_differences"),
    path("funds/<int:pk>/", ledger.fund_page, name="fund"),
    path("funds/<int:pk>/enter/<str:kind>/", entering.enter, name="enter_in_fund"),
    path("funds/<int:pk>/transfer/", entering.transfer, name="transfer_money"),
    path("funds/entries/<int:pk>/", ledger.entry_page, name="fund_entry"),
    path("funds/entries/<int:pk>/confirm/", entering.confirm_entry, name="confirm_fund_entry"),
    path("funds/entries/<int:pk>/reverse/", entering.reverse_entry, name="reverse_fund_entry"),
    path("funds/entries/<int:pk>/vouchers/<int:record>/", ledger.voucher, name="fund_voucher"),
    path("funds/entries/<int:pk>/late-vouchers/", entering.add_voucher, name="add_late_voucher"),
    path("funds/entries/<int:pk>/late-vouchers/<int:record>/", ledger.late_voucher, name="late_voucher"),
    path("pairings/<int:pk>/fund/", ledger.pairing_fund, name="pairing_fund"),
    path("pairings/<int:pk>/fund/enter/<str:kind>/", entering.enter_in_pairing, name="enter_in_pairing"),
]
