package io.errata.core.mixing;

import java.util.List;
import java.util.SplittableRandom;

/** Every patch stays as it is. */
public record NoMixing() implements Mixing {

    /** {@inheritDoc} Always empty; nothing is drawn. */
    @Override
    public List<Mix> plan(List<Role> roles, SplittableRandom random) {
        return List.of();
    }
}
