peer baseline create          # once: what is known does not count from now on
peer audit --format html=audit.html --format terminal --fail-on error
peer audit --since last       # between two audits: what came since
peer audit --repos repositories.txt --jobs 2 --format terminal --format html=overview.html --report-dir audits
