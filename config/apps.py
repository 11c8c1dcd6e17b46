from django.apps import AppConfig
from django.contrib.staticfiles.apps import StaticFilesConfig as DjangoStaticFilesConfig


class ConfigConfig(AppConfig):
    name = "config"


class StaticFilesConfig(DjangoStaticFilesConfig):
    """Leaves out what npm packages bring beside the few files that pages use: naming and packing takes long."""

    ignore_patterns = [
        *DjangoStaticFilesConfig.ignore_patterns,
        *("*.esm*", "*.mjs", "*.rtl*", "bootstrap-*.css*"),
        *("echarts.js*", "echarts.common*", "echarts.simple*", "extension", "package.json"),
    ]
