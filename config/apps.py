from django.apps import AppConfig
from django.contrib.staticfiles.apps import StaticFilesConfig as DjangoStaticFilesConfig

from config import celery


class ConfigConfig(AppConfig):
    name = "config"
    celery_app = celery.app  # whoever queues a task must know the broker, not the worker alone


class StaticFilesConfig(DjangoStaticFilesConfig):
    """Leaves out what npm packages bring beside the few files that pages use: naming and packing takes long."""

    ignore_patterns = [
        *DjangoStaticFilesConfig.ignore_patterns,
        *("*.esm*", "*.mjs", "*.rtl*", "bootstrap-*.css*"),
        *("echarts.js*", "echarts.common*", "echarts.simple*", "extension", "package.json"),
    ]
