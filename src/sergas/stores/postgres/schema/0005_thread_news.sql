-- Whoever watches the list of threads hears of every change, from whatever replica or hand.
CREATE FUNCTION tell_thread() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    PERFORM pg_notify('sergas_threads', OLD.tenant || ' ' || OLD.id);
  ELSE
    PERFORM pg_notify('sergas_threads', NEW.tenant || ' ' || NEW.id);
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER tell_thread AFTER INSERT OR UPDATE OR DELETE ON threads
FOR EACH ROW EXECUTE FUNCTION tell_thread();

CREATE FUNCTION tell_thread_of_run() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('sergas_threads', NEW.tenant || ' ' || NEW.thread_id);
  RETURN NULL;
END
$$;
CREATE TRIGGER tell_thread_of_run AFTER UPDATE OF status ON runs
FOR EACH ROW WHEN (NEW.status <> OLD.status) EXECUTE FUNCTION tell_thread_of_run();
