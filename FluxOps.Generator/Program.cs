Console.WriteLine("FluxOps.Generator");
