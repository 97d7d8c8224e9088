-- Who reads and writes content_calendar. This file states all of it: edit it in place.
SELECT drop_policies('content_calendar');

-- Row security is forced on the owner too, who migrates.
CREATE POLICY content_calendar_owner ON content_calendar TO selvage_owner USING (true) WITH CHECK (true);
