"""Operations on symbolic tensors: how they join the graph, and what Keras refuses of them."""
