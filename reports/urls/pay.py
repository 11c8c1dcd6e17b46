"""Addresses of the pay of village secretaries."""

from django.urls import path

from reports.views import pay

urlpatterns = [
    path("secretaries/pay/", pay.pay_list, name="secretary_pays"),
    path("secretaries/pay/<int:pk>/", pay.secretary_pay, name="secretary_pay"),
    path("secretaries/leaving/", pay.leaving_list, name="leaving_allowances"),
    path("secretaries/leaving/<int:pk>/", pay.leaving_allowance, name="leaving_allowance"),
    path("rounds/<int:pk>/pay/<int:year>/<int:party>/", pay.enter_pay, name="enter_pay"),
    path("rounds/<int:pk>/leaving/<int:year>/<int:party>/", pay.enter_leaving, name="enter_leaving"),
]
