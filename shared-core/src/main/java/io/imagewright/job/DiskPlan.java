package io.imagewright.job;

import io.imagewright.shrink.ShrinkPlan;

/** A disk, and what shrinking does to it. */
record DiskPlan(WorkingDisk disk, ShrinkPlan shrink) {}
