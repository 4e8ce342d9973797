peer review                   # what you would push, with what is not committed yet
peer review --staged          # what you are about to commit
peer review main...topic      # a branch;  HEAD~3.. a range;  a1b2c3d a commit;  src/ whole files
peer fix-all --preview        # what could be mended; without --preview it is
peer explain-error            # why, for the findings of the last run; also: make 2>&1 | peer explain-error -
peer compress main...topic    # the change as small as a model needs it, and the tokens that saves
