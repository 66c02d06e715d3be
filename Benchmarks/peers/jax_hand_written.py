"""Hand-written JAX: one jit, complex64. What an expert would write for this very circuit.

  jax_state   task blocks act on the encoded states, one product per layer for all tasks
  jax_heis    Heisenberg picture: a task is one matrix on q qubits, E = Tr(rho A) is one product
  jax_cone    jax_heis, and gates that <Z_0> cannot see are left out

All of them fuse the three rotations of a qubit, gather 2x2 matrices into 8x8 or 16x16 (XLA on a CPU is
slow on single gates), and apply a layer of CZ as one vector of signs.
"""
import jax
import jax.numpy as jnp
import numpy as np

import workload


def ry(angle):
    c, s = jnp.cos(angle / 2), jnp.sin(angle / 2)
    return jnp.stack([jnp.stack([c, -s], -1), jnp.stack([s, c], -1)], -2)


def rz_diagonal(angle):
    c, s = jnp.cos(angle / 2), jnp.sin(angle / 2)
    return jnp.stack([jax.lax.complex(c, -s), jax.lax.complex(c, s)], -1)


def kronecker(matrices):
    product = matrices[0]
    for m in matrices[1:]:
        size = product.shape[-1] * m.shape[-1]
        product = product[..., :, None, :, None] * m[..., None, :, None, :]
        product = product.reshape(product.shape[:-4] + (size, size))
    return product


def fused_rotations(x, phi, theta):
    """RY(theta) RZ(phi) RY(x), written out."""
    cx, sx, ct, st = jnp.cos(x / 2), jnp.sin(x / 2), jnp.cos(theta / 2), jnp.sin(theta / 2)
    e = jax.lax.complex(jnp.cos(phi / 2), -jnp.sin(phi / 2))
    f = jnp.conj(e)
    entries = [ct * e * cx - st * f * sx, -ct * e * sx - st * f * cx,
               st * e * cx + ct * f * sx, -st * e * sx + ct * f * cx]
    return jnp.stack(entries, -1).reshape(x.shape + (2, 2))


def encode(n, stages, x, phi, theta, live):
    """Encoded states [B, 2^n]; at stage l only the first live[l] qubits matter."""
    samples, group = x.shape[0], 3 if n <= 8 else 4
    u = fused_rotations(x.reshape(samples, stages, -1)[:, :, :n], phi[:, :n], theta[:, :n])
    signs = jnp.asarray(workload.cz_signs(n, workload.brickwork(n)), jnp.float32)
    state = u[:, 0, 0, :, 0]
    for i in range(1, n):
        state = (state[:, :, None] * u[:, 0, i, None, :, 0]).reshape(samples, -1)
    state = state * signs
    firsts = range(0, n, group)
    matrices = [kronecker([u[:, :, i] for i in range(g, min(g + group, n))]) for g in firsts]
    for stage in range(1, stages):
        for first, matrix in zip(firsts, matrices):
            # Each product takes the leading qubits and puts them last, so that after all groups the order is back.
            leading = state.reshape(samples, matrix.shape[-1], -1)
            if first >= live[stage]:
                state = leading.transpose(0, 2, 1)
            else:
                state = jnp.einsum("bjr,bij->bri", leading, matrix[:, stage])
        state = state.reshape(samples, -1) * signs
    return state


def block_layers(q, m, a, b, c):
    """The matrices of a task block, first to last, each [T, 2^q, 2^q]."""
    signs = jnp.asarray(workload.cz_signs(q, workload.chain(q)), jnp.float32)[:, None]
    layers = []
    for k in range(m):
        rotations = [rz_diagonal(b[:, k, j])[..., :, None] * ry(a[:, k, j]) for j in range(q)]
        layers.append(signs * kronecker(rotations))
    closing = kronecker([ry(c[:, j]) for j in range(q)])
    return layers + [closing.astype(layers[0].dtype)]


def build(cfg, inputs, mode):
    if mode == "cone":
        q, live = workload.light_cone(cfg)
        n = live[0]
    else:
        n, q, live = cfg.n, cfg.q, [cfg.n] * cfg.L
    size = 2 ** q
    z0 = np.where(np.arange(size) < size // 2, 1.0, -1.0).astype(np.float32)

    def expectations(x, phi, theta, a, b, c):
        states = encode(n, cfg.L, x, phi, theta, live).reshape(cfg.B, size, -1)
        layers = block_layers(q, cfg.m, a[:, :, :q], b[:, :, :q], c[:, :q])
        if mode == "state":
            columns = states.transpose(1, 0, 2).reshape(size, -1)
            for layer in layers:
                columns = layer @ columns
            probabilities = columns.real ** 2 + columns.imag ** 2
            return jnp.einsum("tdb,d->bt", probabilities.reshape(cfg.T, size, cfg.B, -1).sum(-1), z0)
        unitary = layers[0]
        for layer in layers[1:]:
            unitary = layer @ unitary
        observable = jnp.conj(unitary.transpose(0, 2, 1)) @ (z0[:, None] * unitary)
        reduced = states @ jnp.conj(states.transpose(0, 2, 1))

        def flat(h):
            return jnp.concatenate([h.real, h.imag], 1).reshape(h.shape[0], -1)
        return flat(reduced) @ flat(observable).T

    def loss(arguments, y):
        E = expectations(*arguments)
        p = jnp.clip((1 + E) / 2, workload.EPSILON, 1 - workload.EPSILON)
        return jnp.mean(-(y * jnp.log(p) + (1 - y) * jnp.log(1 - p)))

    value_and_gradients = jax.jit(jax.value_and_grad(loss))
    arguments = tuple(jnp.asarray(inputs[group], jnp.float32) for group in workload.GROUPS)
    y = jnp.asarray(inputs["y"], jnp.float32)

    def step():
        value, gradients = jax.block_until_ready(value_and_gradients(arguments, y))
        return value, dict(zip(workload.GROUPS, gradients))
    return step
