"""The six steps of the article in order, with the Azure SDK for Python."""
import pipeline
import spark
import tokens
import workspace
from settings import Settings


def main():
    settings = Settings(__doc__)
    print("1  management token")
    tokens.management_token(settings)
    print("2  workspace details")
    workspace.workspace_details(settings)
    print("3  data token")
    tokens.data_token(settings)
    print("4, 5  pipeline run")
    run = pipeline.run_pipeline(settings)
    pipeline.rerun_and_cancel(settings, run)
    print("6  Spark job")
    spark.run_batch(settings)
    spark.cancel_batch(settings)
    spark.run_definition(settings)
    print("all six steps done")


if __name__ == "__main__":
    main()
