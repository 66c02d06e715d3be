"""TensorCircuit-NG on JAX, complex64: states encoded once per sample, blocks vmapped over (sample, task), one jit."""
import jax
import jax.numpy as jnp
import tensorcircuit

import workload


def build(cfg, inputs):
    backend = tensorcircuit.set_backend("jax")
    tensorcircuit.set_dtype("complex64")

    def encoded(x, phi, theta):
        circuit = tensorcircuit.Circuit(cfg.n)
        for l in range(cfg.L):
            for i in range(cfg.n):
                circuit.ry(i, theta=x[l * cfg.n + i])
                circuit.rz(i, theta=phi[l, i])
                circuit.ry(i, theta=theta[l, i])
            for i, j in workload.brickwork(cfg.n):
                circuit.cz(i, j)
        return circuit.state()

    def expectation(state, a, b, c):
        circuit = tensorcircuit.Circuit(cfg.n, inputs=state)
        for k in range(cfg.m):
            for j in range(cfg.q):
                circuit.ry(j, theta=a[k, j])
                circuit.rz(j, theta=b[k, j])
            for i, j in workload.chain(cfg.q):
                circuit.cz(i, j)
        for j in range(cfg.q):
            circuit.ry(j, theta=c[j])
        return backend.real(circuit.expectation_ps(z=[0]))

    def loss(arguments, y):
        x, phi, theta, a, b, c = arguments
        states = jax.vmap(encoded, (0, None, None))(x, phi, theta)
        over_tasks = jax.vmap(expectation, (None, 0, 0, 0))
        E = jax.vmap(over_tasks, (0, None, None, None))(states, a, b, c)
        p = jnp.clip((1 + E) / 2, workload.EPSILON, 1 - workload.EPSILON)
        return jnp.mean(-(y * jnp.log(p) + (1 - y) * jnp.log(1 - p)))

    value_and_gradients = backend.jit(backend.value_and_grad(loss))
    arguments = tuple(jnp.asarray(inputs[group], jnp.float32) for group in workload.GROUPS)
    y = jnp.asarray(inputs["y"], jnp.float32)

    def step():
        value, gradients = jax.block_until_ready(value_and_gradients(arguments, y))
        return value, dict(zip(workload.GROUPS, gradients))
    return step
