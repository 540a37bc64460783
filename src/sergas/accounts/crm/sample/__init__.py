"""The sample CRM: invented companies whose stories stay true on any day."""

from sergas.accounts.crm.sample.crm import SAMPLE_COMPETITORS, SampleCrm, sample_crm

__all__ = ["SAMPLE_COMPETITORS", "SampleCrm", "sample_crm"]
