package io.errata.datasets.image;

/** The samples of an image have values that cannot become bytes; the message is a problem's text. */
final class UnusableSamplesException extends Exception {

    private final String problem;

    UnusableSamplesException(String problem) {
        super(problem);
        this.problem = problem;
    }

    /** The message, which is always there. */
    String problem() {
        return problem;
    }
}
