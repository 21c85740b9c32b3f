"""Evaluate tables too large for one machine: Apache Spark runs the same query. Only this package imports Spark."""
