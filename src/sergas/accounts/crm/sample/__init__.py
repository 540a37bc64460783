"""The sample CRM: invented companies whose stories stay true on any day."""

from sergas.accounts.crm.sample.crm import SampleCrm, sample_crm

__all__ = ["SampleCrm", "sample_crm"]
