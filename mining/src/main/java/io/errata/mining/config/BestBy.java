package io.errata.mining.config;

/** The validation metric that chooses the best round. */
public enum BestBy {
    /** Average precision at IoU 0.5, mean over the classes; higher is better. */
    AP50,
    /** Average precision, mean over IoU 0.5 to 0.95 and the classes; higher is better. */
    AP,
    /** Log-average miss rate at IoU 0.5; lower is better. */
    LAMR
}
