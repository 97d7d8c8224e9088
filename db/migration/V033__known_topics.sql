-- By itself, for it reads all of what happened, and nobody is to wait for that.
ALTER TABLE changes VALIDATE CONSTRAINT changes_topic_known;
