DROP TABLE idempotency_keys CASCADE;
DROP FUNCTION IF EXISTS claim_idempotency_key(text, text, text), keep_idempotent_outcome(text, text, text), idempotency_caller();
