"""Tables beyond one machine: the same query as everywhere, run by Apache Spark, which nothing else imports."""
