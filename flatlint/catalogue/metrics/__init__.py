"""Metrics: which labels each takes beside an output, in each era, and which words mean one."""

from flatlint.catalogue.metrics.judging import judge_metric
from flatlint.catalogue.metrics.names import (
    CHOSEN,
    MetricUse,
    is_known_metric,
    metric_class_named,
    metric_named,
    paths_of_metrics,
    similar_metrics,
)

__all__ = [
    "CHOSEN",
    "MetricUse",
    "is_known_metric",
    "judge_metric",
    "metric_class_named",
    "metric_named",
    "paths_of_metrics",
    "similar_metrics",
]
